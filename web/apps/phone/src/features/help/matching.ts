export interface Question {
  key: string;
  title: string;
  body: string;
}

/** Those of a category (all for none) in which every typed word occurs, whatever its case. */
export function matching<Q extends Question>(questions: Q[], words: string, category: string): Q[] {
  const typed = words.toLowerCase().split(/\s+/).filter(Boolean);
  const has = ({ key, title, body }: Q) => typed.every((word) => `${key}\n${title}\n${body}`.toLowerCase().includes(word));
  return questions.filter((one) => (category === "" || one.key === category) && has(one));
}
