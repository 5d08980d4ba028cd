export * from "./reasons";
