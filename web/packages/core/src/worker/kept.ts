// Something secret that is kept for a while and overwritten after: by its time, by what ends it, or by what takes its place.
export class Kept<T> {
  private now: { value: T; timer: ReturnType<typeof setTimeout> } | null = null;

  constructor(
    private readonly ms: number,
    private readonly wipe: (value: T) => void,
  ) {}

  get value(): T | null {
    return this.now?.value ?? null;
  }

  /** Begins its time, or begins it anew. */
  keep(value: T): void {
    if (this.now?.value === value) clearTimeout(this.now.timer);
    else this.drop();
    this.now = { value, timer: setTimeout(() => this.drop(), this.ms) };
  }

  drop(): void {
    if (this.now === null) return;
    clearTimeout(this.now.timer);
    this.wipe(this.now.value);
    this.now = null;
  }
}
