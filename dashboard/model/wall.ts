// How the wall is laid out: the largest letters with which all is in sight; where even the smallest that can be read from
// three metres are too large for that, the healthy services stand together by group, and then fewer words with each
// failing one.

export interface Wall {
  width: number; // px, for tiles
  height: number;
  letters: [least: number, most: number]; // px
}

export interface Plan {
  letter: number; // px
  failing: number; // that are in sight
  words: "all" | "brief" | "names"; // of each failing one: with its reason, with how long it lasts, or neither
  rest: "services" | "groups" | "none";
}

// In heights of a letter, as style/wall.css has it.
const kGap = 0.4;
const kLine = 1.25;
const kPadding = 0.7; // above and below together
const failingTile = { width: 17, lines: 4 };
const briefTile = { width: 11, lines: 2 };
const serviceTile = { width: 11, lines: 1 };
const groupTile = { width: 11, lines: 2 };

const failingTiles = { all: failingTile, brief: briefTile, names: serviceTile };

interface Tile {
  width: number;
  lines: number;
}

// 2.2 % of the shorter side: on a screen that is 60 cm high these are 13 mm, which can be read from three metres.
export function lettersOn(width: number, height: number): [number, number] {
  const side = Math.min(width, height);
  return [Math.max(13, 0.022 * side), Math.max(18, 0.045 * side)];
}

export function planOf(wall: Wall, failing: number, others: number, groups: number): Plan {
  const [least, most] = wall.letters;
  const ways: [words: Plan["words"], rest: Plan["rest"], restTile: Tile, restCount: number][] = [
    ["all", "services", serviceTile, others],
    ["all", "groups", groupTile, groups],
    ["brief", "groups", groupTile, groups],
    ["names", "groups", groupTile, groups],
    ["names", "none", groupTile, 0],
  ];
  for (const [words, rest, restTile, restCount] of ways) {
    for (let letter = most; letter >= least; letter -= 0.5) {
      const needed =
        heightOf(wall, letter, failingTiles[words], failing) + heightOf(wall, letter, restTile, restCount);
      if (needed <= wall.height) return { letter, failing, words, rest };
    }
  }
  const rows = Math.max(1, Math.floor(wall.height / rowHeight(least, serviceTile)));
  const room = rows * columns(wall, least, serviceTile);
  return { letter: least, failing: Math.min(failing, room), words: "names", rest: "none" };
}

const columns = ({ width }: Pick<Wall, "width">, letter: number, tile: Tile): number =>
  Math.max(1, Math.floor((width / letter + kGap) / (tile.width + kGap)));

const rowHeight = (letter: number, { lines }: Tile): number => letter * (lines * kLine + kPadding + kGap) + 2; // its border

const heightOf = (wall: Wall, letter: number, tile: Tile, count: number): number =>
  Math.ceil(count / columns(wall, letter, tile)) * rowHeight(letter, tile);
