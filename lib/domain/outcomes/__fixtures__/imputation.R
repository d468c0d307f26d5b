# What stands in for missing values at M1, M3 and M6 of a 0-10 scale, higher is worse, by three methods, in base R.
# 240 participants, each of its own; days count from day zero. A visit that is not due is never filled in.
# Rscript imputation.R > imputation.json
source("json.R")
set.seed(20260204)
target <- c(30, 90, 180)
end <- target + c(10, 14, 21)
none_of <- function(x, share) ifelse(runif(length(x)) < share, NA, x)

person <- function() {
  bl <- none_of(sample(0:10, 1), 0.15)
  v <- none_of(sample(0:10, 3, TRUE), 0.5)
  day <- target + sample(-8:8, 3, TRUE)
  day <- ifelse(runif(3) < 0.1, NA, day) # not known: stands for the target
  due <- c(TRUE, TRUE, runif(1) < 0.8)
  extra <- sort(sample(-20:260, sample(0:3, 1)))
  list(bl = bl, v = v, day = day, due = due, extra = extra, value = sample(0:10, length(extra), TRUE))
}

# The last observation up to the end of the window of visit j: of earlier visits, and unscheduled ones after day zero.
locf <- function(p, j) {
  seen <- which(!is.na(p$v) & seq_along(p$v) < j)
  by_visit <- data.frame(day = ifelse(is.na(p$day[seen]), target[seen], p$day[seen]), value = p$v[seen],
    unscheduled = rep(0, length(seen)), visit = seen)
  between <- which(p$extra > 0 & p$extra <= end[j])
  others <- data.frame(day = p$extra[between], value = p$value[between], unscheduled = rep(1, length(between)),
    visit = rep(0, length(between)))
  last_visit <- by_visit[by_visit$visit == max(c(by_visit$visit, -1)), ]
  all <- rbind(last_visit, others)
  if (nrow(all) == 0) return(p$bl)
  all <- all[order(all$day, -all$unscheduled), ] # on one day the visit's value is the last
  all$value[nrow(all)]
}
fill <- function(p, by) vapply(1:3, function(j) if (!is.na(p$v[j]) || !p$due[j]) p$v[j] else as.numeric(by(p, j)), 0)

emit(lapply(1:240, function(i) {
  p <- person()
  obj(
    bl = num(p$bl), values = nums(p$v), days = nums(p$day),
    due = paste0("[", paste(tolower(p$due), collapse = ","), "]"),
    unscheduledDays = nums(p$extra), unscheduledValues = nums(p$value),
    locf = nums(fill(p, locf)), bocf = nums(fill(p, function(p, j) p$bl)), worstCase = nums(fill(p, function(p, j) 10))
  )
}))
