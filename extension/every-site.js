// The permission that only the person can give, when they want links, many tabs or the pictures of other sites.

export const EVERYWHERE = { origins: ["http://*/*", "https://*/*"] };
