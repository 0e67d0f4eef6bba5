// Rows of cells as columns of text, the first to the left.

export function aligned(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const cell = (text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return rows.map((row) => `  ${row.map(cell).join("  ").trimEnd()}`);
}
