# Composite responders of two trials, for 260 generated participants, from the definitions, in base R.
# Mesoblast phase 3 (NCT02412735): VAS better by >= 50 % and ODI by >= 15 points at both 12 and 24 months, and no
# intervention before. RESPINE (NCT03737461), at each visit: VAS better by >= 20 % and >= 20 mm, or ODI by >= 20 %.
# VAS and ODI 0-100, higher is worse. met: by what is known. complete: everything asked for is known (an observed case).
# intervention: "none", a day from day zero, or "unknown". Visits at day 365 and 730. NA is missing.
# Rscript composite-responders.R > composite-responders.json
source("json.R")
set.seed(20260611)
at_least <- function(x, least) !is.na(x) & x >= least - 1e-9
percent <- function(bl, v) if (is.na(bl) || is.na(v) || bl == 0) NA else 100 * (bl - v) / bl
points <- function(bl, v) bl - v
some <- function(x, share) if (runif(1) < share) NA else x
near <- function(bl, shares) { # follow-up at, just beside or far from the thresholds
  v <- switch(sample(4, 1), round(bl * sample(shares, 1)), bl - sample(c(14, 15, 16, 19, 20, 21), 1),
    sample(0:100, 1), bl * sample(shares, 1))
  min(100, max(0, v))
}
person <- function() {
  vas <- sample(c(0, 20, 40, 50, 60, 62.5, 70, 80, 99, 100), 1)
  odi <- sample(c(0, 14, 20, 30, 36, 42, 44, 50, 60, 75), 1)
  list(
    vas = c(some(vas, 0.05), some(near(vas, c(0.4, 0.5, 0.51, 0.8)), 0.1), some(near(vas, c(0.3, 0.5, 0.8)), 0.1)),
    odi = c(some(odi, 0.05), some(near(odi, c(0.5, 0.7, 0.8)), 0.1), some(near(odi, c(0.4, 0.6, 0.8)), 0.1)),
    intervention = sample(c("none", "none", "none", "none", "200", "365", "500", "730", "800", "unknown"), 1)
  )
}
mesoblast <- function(p) {
  improved <- c(percent(p$vas[1], p$vas[2]), percent(p$vas[1], p$vas[3]))
  gained <- c(points(p$odi[1], p$odi[2]), points(p$odi[1], p$odi[3]))
  days <- c(365, 730)[c(any(!is.na(c(p$vas[2], p$odi[2]))), any(!is.na(c(p$vas[3], p$odi[3]))))]
  day <- suppressWarnings(as.numeric(p$intervention))
  before <- !is.na(day) && any(day < days)
  unknown <- p$intervention == "unknown" && length(days) > 0
  c(met = all(at_least(improved, 50)) && all(at_least(gained, 15)) && !before && !unknown,
    complete = !anyNA(c(improved, gained)) && !unknown)
}
respine <- function(p, j) {
  asked <- c(percent(p$vas[1], p$vas[j]), points(p$vas[1], p$vas[j]), percent(p$odi[1], p$odi[j]))
  c(met = (at_least(asked[1], 20) && at_least(asked[2], 20)) || at_least(asked[3], 20), complete = !anyNA(asked))
}
bools <- function(x) paste0("[", paste(tolower(x), collapse = ","), "]")
emit(lapply(1:260, function(i) {
  p <- person()
  obj(vas = nums(p$vas), odi = nums(p$odi), intervention = str(p$intervention), mesoblast = bools(mesoblast(p)),
    respine12 = bools(respine(p, 2)), respine24 = bools(respine(p, 3)))
}))
