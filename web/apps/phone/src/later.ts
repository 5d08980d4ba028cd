// The words that the first page does not need, in one piece that comes after it.
type Messages = Record<string, unknown>;
const files = import.meta.glob<Messages>(["./features/*/locale/zh-CN.json", "!./features/{home,start,sign-in}/locale/zh-CN.json", "./shared/locale/problem.zh-CN.json"], { eager: true, import: "default" });

export default Object.values(files);
