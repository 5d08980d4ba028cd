export * from "./id-card";
export * from "./name";
export * from "./phone";
export * from "./uscc";
