# 220 generated weeks of opioids: mean mg of oral morphine a day over 7 days, by the factors of the CDC guideline of 2022
# (MMWR Recomm Rep 2022;71(3), its table). A patch counts by its µg/h. Days of the week are 0 (six days before the
# assessment) to 6 (its own). Rscript morphine-equivalents.R > morphine-equivalents.json
source("json.R")
source("generate.R")
set.seed(20260113)
factors <- c(
  codeine = 0.15, "fentanyl patch" = 2.4, hydrocodone = 1, hydromorphone = 5, methadone = 4.7, morphine = 1,
  oxycodone = 1.5, oxymorphone = 3, tapentadol = 0.4, tramadol = 0.2
)
emit(lapply(1:220, function(i) {
  drugs <- sample(names(factors), sample(4, 1))
  patch <- drugs == "fentanyl patch"
  n <- length(drugs)
  dose <- ifelse(patch, sample(c(12, 25, 50), n, TRUE), sample(c(0, 0.5, 2.5, 5, 10, 37.5, 50, 100), n, TRUE))
  times <- ifelse(patch, 1, sample(c(0.5, 1, 2, 3, 4, 6), n, TRUE))
  first <- sample(0:6, n, TRUE)
  last <- pmin(6, first + sample(0:6, n, TRUE))
  a_day <- dose * times * (last - first + 1) / 7
  courses <- sprintf("{\"drug\":\"%s\",\"dose\":%.15g,\"timesADay\":%.15g,\"first\":%d,\"last\":%d}", drugs, dose, times, first, last)
  obj(courses = paste0("[", paste(courses, collapse = ","), "]"), mme = num(sum(a_day * factors[drugs])))
}))
