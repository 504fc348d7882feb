/** The key of an option by its Chinese or English name, as people type it; undefined for none. */
export function optionKeyByName<K extends string>(
  names: Readonly<Record<K, readonly [zh: string, en: string]>>,
  name: string,
): K | undefined {
  const wanted = name.trim().toLowerCase();
  return (Object.keys(names) as K[]).find((key) => names[key].some((own) => own.toLowerCase() === wanted));
}
