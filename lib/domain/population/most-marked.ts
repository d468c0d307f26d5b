/** Above this number of participants a figure has no mark for each of them. */
export const MOST_MARKED = 200
