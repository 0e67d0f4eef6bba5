// How the wall is laid out: the largest letters with which all is in sight, and each name whole; where even the smallest
// letters that can be read from three metres are too large for that, names are cut, then the healthy services stand
// together by group, then there are fewer words with each failing one, and at last a mere line for each.

export interface Wall {
  width: number; // px, for tiles
  height: number;
  letters: [least: number, most: number]; // px
}

// What there is to be shown.
export interface Shown {
  failing: number;
  others: number;
  groups: number;
  longest: number; // letters of the longest name
}

// Of each failing one: with its reason, with how long it lasts, its name, or that without a box around it.
type Words = "all" | "brief" | "names" | "lines";

export interface Plan {
  letter: number; // px
  names: number; // width of a tile with a name, in letters' heights
  failing: number; // that are in sight
  words: Words;
  rest: "services" | "groups" | "none";
}

// In heights of a letter, as style/wall.css has it.
const kGap = 0.4;
const kLine = 1.25;
const kBox = 1.1; // padding above and below, and the gap below
const kReasonWidth = 17;
const kLetterWidth = 0.62; // at most, on average
const kAroundName = 2.7; // the shape, and what is beside it
const nameWidths = { least: 9, usual: 11, most: kReasonWidth };

interface Tile {
  width: number;
  lines: number;
  box: number;
}

// 2.2 % of the shorter side: on a screen that is 60 cm high these are 13 mm, which can be read from three metres.
export function lettersOn(width: number, height: number): [number, number] {
  const side = Math.min(width, height);
  return [Math.max(13, 0.022 * side), Math.max(18, 0.045 * side)];
}

type Way = Pick<Plan, "names" | "words" | "rest">;

export function planOf(wall: Wall, shown: Shown): Plan {
  const { least: cut, usual, most } = nameWidths;
  const whole = Math.min(most, Math.max(cut, shown.longest * kLetterWidth + kAroundName));
  const ways: Way[] = [
    { words: "all", rest: "services", names: whole },
    { words: "all", rest: "services", names: Math.min(whole, usual) },
    { words: "all", rest: "groups", names: usual },
    { words: "brief", rest: "groups", names: usual },
    { words: "names", rest: "groups", names: usual },
    { words: "lines", rest: "groups", names: cut },
    { words: "lines", rest: "none", names: cut },
  ];
  const [least, largest] = wall.letters;
  for (const way of ways) {
    for (let letter = largest; letter >= least; letter -= 0.5) {
      if (heightOf(wall, letter, shown, way) <= wall.height)
        return { ...way, letter, failing: shown.failing };
    }
  }
  const last = ways.at(-1)!;
  const tile = failingTile(last);
  const rows = Math.max(1, Math.floor(wall.height / rowHeight(least, tile)));
  return { ...last, letter: least, failing: Math.min(shown.failing, rows * columns(wall, least, tile)) };
}

function failingTile({ words, names }: Way): Tile {
  if (words === "all") return { width: kReasonWidth, lines: 4, box: kBox };
  return { width: names, lines: words === "brief" ? 2 : 1, box: words === "lines" ? 0 : kBox };
}

function heightOf(wall: Wall, letter: number, { failing, others, groups }: Shown, way: Way): number {
  const rest = { width: way.names, lines: way.rest === "groups" ? 2 : 1, box: kBox };
  const count = { services: others, groups, none: 0 }[way.rest];
  return rowsHeight(wall, letter, failingTile(way), failing) + rowsHeight(wall, letter, rest, count);
}

const columns = ({ width }: Pick<Wall, "width">, letter: number, tile: Tile): number =>
  Math.max(1, Math.floor((width / letter + kGap) / (tile.width + kGap)));

const rowHeight = (letter: number, { lines, box }: Tile): number =>
  letter * (lines * kLine + box) + (box > 0 ? 2 : 0); // its border

const rowsHeight = (wall: Wall, letter: number, tile: Tile, count: number): number =>
  Math.ceil(count / columns(wall, letter, tile)) * rowHeight(letter, tile);
