// The module worker in which the keys live.
import type { Endpoint } from "./rpc";
import { serve } from "./serve";

serve(self as unknown as Endpoint);
