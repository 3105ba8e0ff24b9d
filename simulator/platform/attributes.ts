/** 4情報 as 券面事項入力補助AP gives them. */
export interface Attributes {
  /** Family and given name separated by U+3000. */
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD. */
  readonly birthDate: string;
  /** ISO/IEC 5218: 1 male, 2 female, 9 not applicable, 0 not known. */
  readonly sex: string;
}
