/** An article to try the service with. */
export const EXAMPLE = `花蓮慢車站變身圖書館
停用多年的舊站房，三月起成為小鎮的圖書館。這一次等在月台上的不是旅客，而是書。
館長說，很多長輩不是來看書，是來坐坐。他們說，這裡像把時間借回來。
文化部評估，全台還有許多閒置車站可以改造。再美的車站，也可能第二次停駛，要有人願意走進來。`;

/** What each voice says of itself; short, and always the same. */
export const SAMPLE = "你好，這是我的聲音。今天想聽什麼新聞？";
