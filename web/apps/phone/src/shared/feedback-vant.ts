// Apart, so that the first page does not carry it.
import "vant/es/dialog/style/index";
import "vant/es/toast/style/index";

export { showConfirmDialog } from "vant/es/dialog";
export { showToast } from "vant/es/toast";
