// What must not be part of the password. Only this phone can check it, and it knows these facts only while the person
// types them elsewhere; so they are remembered here for as long as the page lives, and never stored.
export interface PasswordFacts {
  birth_date?: string;
  phone?: string;
}

const known: PasswordFacts = {};

export function rememberPasswordFacts(facts: PasswordFacts): void {
  Object.assign(known, facts);
}

export function passwordFacts(): PasswordFacts {
  return { ...known };
}
