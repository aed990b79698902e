// Where one is in an article: its innermost blocks of text, and which share of all characters stands before a place.

export const body = /** @type {HTMLElement} */ (document.querySelector(".body"));
export const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, pre, figure, tr, blockquote, math";

/** The innermost blocks of text, and how many characters stand before each; a share is one of all characters. */
export const blocks = /** @type {HTMLElement[]} */ ([...body.querySelectorAll(BLOCKS)].filter((one) => !one.querySelector(BLOCKS)));
const before = [0];
for (const block of blocks) before.push(Number(before.at(-1)) + (block.textContent?.length ?? 0) + 1);
const all = Number(before.at(-1));

/** The line of the window where one was, when one comes back: what was read last is just above it. */
const line = () => innerHeight / 8;

/** How the text lies before one: down the page, until pages of columns put their own ways in place. */
export const view = {
  /** Whether the end of the article is in the window. */
  isAtEnd: () => body.getBoundingClientRect().bottom <= innerHeight,
  /** Whether a box is behind one, from a share of the window on. @param {DOMRect} box @param {number} share */
  isPast: (box, share) => box.bottom <= innerHeight * share,
  /** Whether what begins with a box is being read. @param {DOMRect} box */
  isBegun: (box) => box.top <= innerHeight * 0.3,
  /** How much of a block is behind one. @param {HTMLElement} block */
  inside: (block) => {
    const { top, height } = block.getBoundingClientRect();
    return height ? Math.min(1, Math.max(0, (line() - top) / height)) : 0;
  },
  /** Go where so much of a block is behind one. @param {HTMLElement} block @param {number} inside */
  show: (block, inside) => {
    const { top, height } = block.getBoundingClientRect();
    scrollBy(0, top + height * inside - line());
  },
};

/** The share of the text above that line; at its end, all. */
export function share() {
  if (view.isAtEnd() || !blocks.length) return 1;
  const number = firstAhead(1 / 8);
  const inside = view.inside(/** @type {HTMLElement} */ (blocks[number]));
  return (Number(before[number]) + inside * length(number)) / all;
}

/** How many characters a block has. @param {number} number */
function length(number) {
  return Number(before[number + 1]) - Number(before[number]);
}

/** The first block that is not behind one, from a share of the window on. @param {number} share */
export function firstAhead(share) {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (!view.isPast(/** @type {HTMLElement} */ (blocks[middle]).getBoundingClientRect(), share)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Go to where a share of the text has been read. @param {number} part */
export function goTo(part) {
  const read = part * all;
  const number = Math.max(0, before.findIndex((characters) => characters > read) - 1);
  const block = blocks[number];
  if (block) view.show(block, (read - Number(before[number])) / length(number));
}

// One paragraph after another

const READ_AT = 0.25; // of the window: where the paragraph that is read begins
let chosen = { number: -1, x: 0, y: 0 };

/** Where the text is scrolled to. */
function scrolled() {
  const { left, top } = body.getBoundingClientRect();
  return { x: left, y: top };
}

/** The number of the block that is read now: the one that was gone to, until one scrolls; -1 above the first. */
export function current() {
  const { x, y } = scrolled();
  if (chosen.number >= 0 && Math.abs(chosen.x - x) < 2 && Math.abs(chosen.y - y) < 2) return chosen.number;
  const isAbove = view.show === down && (scrollY <= 0 || firstTop() > innerHeight * READ_AT + 1);
  return isAbove ? -1 : firstAhead(READ_AT + 0.01);
}
const firstTop = () => blocks[0]?.getBoundingClientRect().top ?? 0;
const down = view.show;

/** Go to the block so many further. @param {number} by */
export function step(by) {
  const number = Math.min(blocks.length - 1, Math.max(0, current() + by));
  const block = blocks[number];
  if (!block) return;
  if (view.show === down) scrollBy(0, block.getBoundingClientRect().top - innerHeight * READ_AT);
  else view.show(block, 0);
  chosen = { number, ...scrolled() };
  dispatchEvent(new Event("quietpage-step"));
}
