# Figures for oracles_change.py. Run: Rscript change.R (R alone).
# The answers below were printed by R 4.2.2 (Debian 12: r-base-core).
options(digits = 15, width = 100)
cat(R.version.string, "\n")
say <- function(...) cat(..., "\n")
num <- function(x) format(x, digits = 15)

before <- c(4, 7, 7, 8, 3, 9, 6, 5, 10, 8)
after <- c(7, 9, 6, 8, 10, 9, 5, 9)

# 1. Two samples: Welch's t.test, and by hand with both finite population corrections.
for (level in c(0.95, 0.8)) {
  t <- t.test(after, before, conf.level = level)
  say("welch", level, num(c(mean(after) - mean(before), t$stderr, t$parameter, t$conf.int)))
}
for (N in list(c(40, 31), c(40, Inf), c(Inf, 31), c(10, 31))) {
  v1 <- (1 - 10 / N[1]) * var(before) / 10
  v2 <- (1 - 8 / N[2]) * var(after) / 8
  df <- (v1 + v2)^2 / (v1^2 / 9 + v2^2 / 7)
  d <- mean(after) - mean(before)
  say("welch of", N, num(c(d, sqrt(v1 + v2), df, d + c(-1, 1) * qt(0.975, df) * sqrt(v1 + v2))))
}

# 2. The same cases read again: t.test(paired), binom.test on those that changed.
again <- c(6, 7, 8, 8, 5, 9, 6, 8, 10, 7)
t <- t.test(again, before, paired = TRUE)
say("paired", num(c(t$estimate, t$stderr, t$parameter, t$conf.int)))
half <- diff(t$conf.int) / 2 * sqrt(1 - 10 / 40)
say("paired of", num(c(t$estimate, t$stderr * sqrt(1 - 10 / 40), t$parameter, t$estimate + c(-1, 1) * half)))
for (one in list(c(8, 1), c(1, 8), c(3, 3), c(5, 0), c(1, 0), c(30, 17)))
  say("mcnemar", one, num(binom.test(one[1], sum(one))$p.value))

# 3. Two shares: the square-and-add of prop.test's (Wilson) limits and of the exact ones over every M.
wilson <- function(x, n, level) suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int)
exact <- function(x, n, N, level) {
  M <- 0:N; a <- (1 - level) / 2
  M <- M[phyper(x, M, N - M, n) > a & phyper(x - 1, M, N - M, n, lower.tail = FALSE) > a]
  range(M) / N
}
mover <- function(p1, l1, p2, l2) {
  d <- p2 - p1
  c(d, d - sqrt((p2 - l2[1])^2 + (l1[2] - p1)^2), d + sqrt((l2[2] - p2)^2 + (p1 - l1[1])^2))
}
for (one in list(c(48, 80, 56, 70), c(9, 15, 14, 15), c(0, 12, 3, 20), c(0, 10, 0, 10), c(15, 15, 0, 4)))
  for (level in c(0.95, 0.9)) {
    p1 <- one[1] / one[2]; p2 <- one[3] / one[4]
    say("change", one, level, num(mover(p1, wilson(one[1], one[2], level), p2, wilson(one[3], one[4], level))))
  }
for (one in list(c(9, 15, 84, 14, 15, 91), c(30, 60, 312, 45, 60, 300), c(0, 8, 8, 3, 20, 41), c(2, 5, 9, 5, 5, 6))) {
  p1 <- one[1] / one[2]; p2 <- one[4] / one[5]; level <- 0.951
  se <- sqrt(sum((1 - one[c(2, 5)] / one[c(3, 6)]) * c(p1 * (1 - p1), p2 * (1 - p2)) / (one[c(2, 5)] - 1)))
  l1 <- exact(one[1], one[2], one[3], level); l2 <- exact(one[4], one[5], one[6], level)
  say("change of", one, level, num(c(se, mover(p1, l1, p2, l2))))
  say("change after of", one, level, num(mover(p1, wilson(one[1], one[2], level), p2, l2)))
}

# Printed:
# R version 4.2.2 Patched (2022-11-10 r83330)
# welch 0.95 1.175000000000000 0.928852979293740 15.998076486441697 -0.794099594529742 3.144099594529742
# welch 0.8 1.1749999999999998 0.9288529792937401 15.9980764864416969 -0.0666573063016065 2.4166573063016061
# welch of 40 31 1.175000000000000 0.802539532023706 15.995745525855451 -0.526344583891462 2.876344583891462
# welch of 40 Inf 1.175000000000000 0.860388201420067 15.721235215910653 -0.651573534419701 3.001573534419701
# welch of Inf 31 1.175000000000000 0.875539662414462 15.626341224297617 -0.684674784325384 3.034674784325384
# welch of 10 31 1.1749999999999998 0.5258989451033625 7.0000000000000009 -0.0685533994784735 2.4185533994784731
# paired 0.700000000000000 0.395811402901264 9.000000000000000 -0.195387600190300 1.595387600190300
# paired of 0.7000000000000000 0.3427827300200522 9.0000000000000000 -0.0754284079983845 1.4754284079983844
# mcnemar 8 1 0.0390625
# mcnemar 1 8 0.0390625
# mcnemar 3 3 1
# mcnemar 5 0 0.0625
# mcnemar 1 0 1
# mcnemar 30 17 0.0789406936814886
# change 48 80 56 70 0.95 0.2000000000000001 0.0524314724023649 0.3338726540369059
# change 48 80 56 70 0.9 0.2000000000000001 0.0765641915440721 0.3136445835829438
# change 9 15 14 15 0.95 0.3333333333333334 0.0262556359245503 0.5819789442747714
# change 9 15 14 15 0.9 0.3333333333333334 0.0780756813461843 0.5470618939125447
# change 0 12 3 20 0.95 0.150000000000000 -0.111410032404247 0.360418864740757
# change 0 12 3 20 0.9 0.1500000000000000 -0.0541243497422627 0.3218280756753067
# change 0 10 0 10 0.95 0.000000000000000 -0.277532799862889 0.277532799862889
# change 0 10 0 10 0.9 0.000000000000000 -0.212941970083407 0.212941970083407
# change 15 15 0 4 0.95 -1.000000000000000 -1.000000000000000 -0.469376374363656
# change 15 15 0 4 0.9 -1.000000000000000 -1.000000000000000 -0.568554527682021
# change of 9 15 84 14 15 91 0.951 0.1333921900446384 0.3333333333333334 0.0221789055712027 0.5941083886198262
# change after of 9 15 84 14 15 91 0.951 0.3333333333333334 0.0269332075327111 0.5830774705099655
# change of 30 60 312 45 60 300 0.951 0.0772321041662757 0.2500000000000000 0.0859635048864870 0.4009126846749214
# change after of 30 60 312 45 60 300 0.951 0.2500000000000000 0.0826318927530723 0.4045275056101204
# change of 0 8 8 3 20 41 0.951 0.0586267758338514 0.1500000000000000 0.0731707317073171 0.3170731707317073
# change after of 0 8 8 3 20 41 0.951 0.150000000000000 -0.185257821027313 0.317073170731707
# change of 2 5 9 5 5 6 0.951 0.163299316185545 0.600000000000000 0.285533962264780 0.777777777777778
# change after of 2 5 9 5 5 6 0.951 0.600000000000000 0.193907758206018 0.882986480808330
