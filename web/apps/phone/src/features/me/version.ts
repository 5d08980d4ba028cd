/** A program that waits beside the running one is newer, whatever the numbers say. */
export function isNewest(present: string, served: string, waiting: boolean): boolean {
  return present === served && !waiting;
}
