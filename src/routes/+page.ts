/** The first screen is in the page as it comes, so that it is seen before the script is there. */
export const ssr = true;
