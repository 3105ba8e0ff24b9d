/** The stock of the built-in library: works whose copyright has ended, with barcodes of its own. */
export interface Book {
  /** Ten digits on the label. */
  readonly barcode: string;
  readonly title: string;
  readonly author: string;
}

export const BOOKS: readonly Book[] = [
  { barcode: "3100000017", title: "銀河鉄道の夜", author: "宮沢 賢治" },
  { barcode: "3100000025", title: "吾輩は猫である", author: "夏目 漱石" },
  { barcode: "3100000033", title: "たけくらべ", author: "樋口 一葉" },
  { barcode: "3100000041", title: "羅生門", author: "芥川 龍之介" },
  { barcode: "3100000058", title: "走れメロス", author: "太宰 治" },
  { barcode: "3100000066", title: "舞姫", author: "森 鷗外" },
  { barcode: "3100000074", title: "檸檬", author: "梶井 基次郎" },
  { barcode: "3100000082", title: "ごん狐", author: "新美 南吉" },
];

export function bookOf(barcode: string): Book | undefined {
  return BOOKS.find((book) => book.barcode === barcode);
}
