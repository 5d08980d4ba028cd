// What this device is called in the list of devices. Rough on purpose: enough to know one's own again, no fingerprint.
const SYSTEMS: [RegExp, string][] = [[/HarmonyOS|OpenHarmony/, "HarmonyOS"], [/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS X/, "Mac"], [/Linux/, "Linux"]];
const BROWSERS: [RegExp, string][] = [[/MicroMessenger/, "WeChat"], [/Edg\w*\//, "Edge"], [/Firefox\/|FxiOS/, "Firefox"], [/HuaweiBrowser/, "Huawei"], [/Chrome\/|CriOS/, "Chrome"], [/Safari\//, "Safari"]];

const first = (list: [RegExp, string][], agent: string) => list.find(([pattern]) => pattern.test(agent))?.[1];

export function deviceName(agent: string): string {
  return [first(SYSTEMS, agent), first(BROWSERS, agent)].filter(Boolean).join(" ") || "Browser";
}
