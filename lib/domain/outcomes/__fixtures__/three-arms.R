# A small trial of three arms, from its rows to every number of the summary, in base R alone.
# json.R stands in ../../statistics/__fixtures__. Run by make.ts there (webr), or: Rscript three-arms.R > three-arms.json
# Baseline BL (one rating), follow-up M1 and M3 of a 0-10 scale, higher is worse. NA is missing.
# early: the window of M3 is still open at the data cut: the value enters means, not rates.
source("json.R")
arms <- c("A", "B", "C")
d <- data.frame(
  arm = rep(arms, c(9, 8, 7)),
  bl = c(7, 6, 8, 5, 7, 0, NA, 9, 4,     6, 7, 5, 8, 6.5, 0, 7, 3,     5, 6, 7, 8, 4, 6, 7),
  m1 = c(4.9, 3, 8, 2, NA, 1, 4, 6, 4,   6, 5, 5, 9, 4, 0, NA, 3.5,    5, 6, 7, 8, 4, 6, 7),
  m3 = c(3, 2, 7.5, 5, NA, 2, 3, 4.5, 1, 7, 4, NA, 6, 6.5, 3, 5, 5,    6, 6, 5, NA, NA, 8, 4),
  early = c(F, F, F, F, F, F, F, F, T,   F, F, F, F, F, F, F, F,       F, F, F, F, T, F, T)
)
threshold <- 2
rules <- list(ANY = function(a, b) a - b > 1e-9, P30 = function(a, b) (a - b) / a * 100 >= 30 - 1e-9,
  T2 = function(a, b) a - b >= 2 - 1e-9)
percent <- c(ANY = FALSE, P30 = TRUE, T2 = FALSE)

signedRank <- function(x) { # all signs enumerated, zeros dropped
  x <- round(x, 9)
  x <- x[x != 0]
  if (length(x) == 0) return(NA)
  r <- rank(abs(x))
  v <- as.vector(as.matrix(expand.grid(rep(list(0:1), length(x)))) %*% r)
  mean(abs(v - sum(r) / 2) >= abs(sum(r[x > 0]) - sum(r) / 2) - 1e-9)
}
rankSum <- function(x, y) { # all allocations of the ranks enumerated
  r <- rank(round(c(x, y), 9))
  n <- length(x)
  w <- combn(length(r), n, function(i) sum(r[i]))
  mean(abs(w - n * mean(r)) >= abs(sum(r[seq_len(n)]) - n * mean(r)) - 1e-9)
}
J <- function(df) 1 - 3 / (4 * df - 1)
test <- function(...) tryCatch(t.test(...), error = function(e) NULL)
of <- function(t, what) if (is.null(t)) NA else as.numeric(t[[what]])
wilson <- function(k, n) as.numeric(suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int))

rate <- function(s, visit, rule, method) { # s: the due of one arm
  a <- s$bl
  b <- s[[visit]]
  defined <- !is.na(a) & !is.na(b) & !(percent[[rule]] & a == 0)
  k <- sum(defined & rules[[rule]](a, b), na.rm = TRUE)
  list(k = k, n = if (method == "nonResponderImputation") nrow(s) else sum(defined),
    zero = if (percent[[rule]]) sum(a == 0 & !is.na(b), na.rm = TRUE) else 0)
}
due <- function(s, visit) if (visit == "m3") s[!s$early, ] else s
changes <- function(s, visit) { x <- s[[visit]] - s$bl; x[!is.na(x)] }
eachRate <- function(f) unlist(lapply(names(rules), function(rule)
  lapply(c("nonResponderImputation", "observedCases"), function(method) f(rule, method))))

orderInterval <- function(x, p) { # exact, of two order statistics
  i <- c(qbinom(.025, length(x), p), qbinom(.975, length(x), p) + 1)
  if (length(x) == 0 || i[1] < 1 || i[2] > length(x)) c(NA, NA) else sort(x)[i]
}

armVisit <- function(arm, visit) {
  all <- d[d$arm == arm, ]
  s <- due(all, visit)
  x <- all[[visit]][!is.na(all[[visit]])]
  t <- test(x)
  q <- quantile(x, c(.5, .25, .75), type = 7)
  ch <- changes(all, visit)
  tc <- test(ch)
  spread <- sd(ch) > 0
  both <- !is.na(s$bl) & !is.na(s[[visit]])
  obj(
    arm = str(arm), visit = str(toupper(visit)), expected = num(nrow(s)), received = num(sum(!is.na(s[[visit]]))),
    n = num(length(x)), nEarly = num(length(x) - sum(!is.na(s[[visit]]))),
    mean = num(mean(x)), sdSample = num(sd(x)), ci = nums(of(t, "conf.int")),
    median = num(q[1]), q1 = num(q[2]), q3 = num(q[3]),
    medianCi = nums(orderInterval(x, .5)), q1Ci = nums(orderInterval(x, .25)), q3Ci = nums(orderInterval(x, .75)),
    change = if (visit == "bl") "null" else obj(
      n = num(length(ch)), mean = num(mean(ch)), sdSample = num(sd(ch)),
      ci = nums(if (spread) of(tc, "conf.int") else rep(mean(ch), 2)),
      t = num(of(tc, "statistic")), df = num(length(ch) - 1), p = num(of(tc, "p.value")),
      signedRank = num(signedRank(ch)), nNonZero = num(sum(round(ch, 9) != 0)),
      dz = num(if (spread) mean(ch) / sd(ch) else NA),
      hedgesGPaired = num(if (spread) mean(ch) / sd(ch) * J(length(ch) - 1) else NA),
      glassDelta = num(mean(ch) / sd(all$bl[!is.na(all$bl) & !is.na(all[[visit]])]))
    ),
    worse = if (visit == "bl") "null" else
      nums(c(sum((s[[visit]] - s$bl)[both] >= threshold - 1e-9), sum(both))),
    rates = if (visit == "bl") "[]" else paste0("[", paste(eachRate(function(rule, method) {
      r <- rate(s, visit, rule, method)
      obj(code = str(rule), method = str(method), k = num(r$k), n = num(r$n), proportion = num(r$k / r$n),
        wilson = nums(wilson(r$k, r$n)), clopperPearson = nums(binom.test(r$k, r$n)$conf.int),
        undefinedBaselineZero = num(r$zero))
    }), collapse = ","), "]")
  )
}
contrast <- function(first, second, visit) {
  s1 <- d[d$arm == first, ]
  s2 <- d[d$arm == second, ]
  x <- changes(s1, visit)
  y <- changes(s2, visit)
  t <- t.test(x, y)
  df <- length(x) + length(y) - 2
  both <- rbind(s1, s2)
  both <- data.frame(change = both[[visit]] - both$bl, arm = as.numeric(both$arm == first), bl = both$bl)
  model <- lm(change ~ arm + bl, both) # leaves out who lacks either value
  term <- summary(model)$coefficients["arm", ]
  pooled <- sqrt(((length(x) - 1) * var(x) + (length(y) - 1) * var(y)) / df)
  obj(
    first = str(first), second = str(second), visit = str(toupper(visit)), difference = num(mean(x) - mean(y)),
    ci = nums(t$conf.int), t = num(t$statistic), df = num(t$parameter), p = num(t$p.value),
    hedgesG = num((mean(x) - mean(y)) / pooled * J(df)), rankSum = num(rankSum(x, y)),
    ancova = obj(difference = num(term[1]), ci = nums(confint(model)["arm", ]), t = num(term[3]),
      df = num(model$df.residual), p = num(term[4])),
    rates = paste0("[", paste(eachRate(function(rule, method) {
      a <- rate(due(s1, visit), visit, rule, method)
      b <- rate(due(s2, visit), visit, rule, method)
      p1 <- a$k / a$n
      p2 <- b$k / b$n
      w1 <- wilson(a$k, a$n)
      w2 <- wilson(b$k, b$n)
      obj(code = str(rule), method = str(method), riskDifference = num(p1 - p2),
        newcombe = nums(c(p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2),
          p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2))),
        fisher = num(fisher.test(matrix(c(a$k, a$n - a$k, b$k, b$n - b$k), 2))$p.value))
    }), collapse = ","), "]")
  )
}
visits <- c("bl", "m1", "m3")
list_of <- function(parts) paste0("[\n", paste(parts, collapse = ",\n"), "\n]")
cat(obj(
  rows = list_of(lapply(seq_len(nrow(d)), function(i) obj(
    arm = str(d$arm[i]), bl = num(d$bl[i]), m1 = num(d$m1[i]), m3 = num(d$m3[i]),
    early = if (d$early[i]) "true" else "false"
  ))),
  armVisits = list_of(unlist(lapply(arms, function(a) lapply(visits, function(v) armVisit(a, v))))),
  contrasts = list_of(unlist(lapply(visits[-1], function(v) apply(combn(arms, 2), 2, function(p)
    contrast(p[1], p[2], v)))))
), "\n", sep = "")
