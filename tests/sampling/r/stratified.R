# Figures for oracles_stratified.py. Run: Rscript stratified.R (needs the package survey).
# The answers below were printed by R 4.2.2 with survey 4.1-1 (Debian 12: r-base-core, r-cran-survey).
suppressPackageStartupMessages(library(survey))
options(digits = 15, width = 100)
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n")

show <- function(name, estimate, level = 0.95, df) {
  limits <- confint(estimate, level = level, df = df)
  cat(name, format(c(level, coef(estimate), SE(estimate), df, limits), digits = 15), "\n")
}
shares <- function(name, formula, design, level = 0.95) {
  for (method in c("beta", "logit", "mean")) {
    p <- svyciprop(formula, design, method = method, level = level)
    cat(name, method, format(c(level, coef(p), sqrt(attr(p, "var")), degf(design), attr(p, "ci")), digits = 15), "\n")
  }
}

# 1. The data set "fpc" of the package (from the Stata manual): two strata, one row a unit.
data(fpc)
units <- svydesign(ids = ~psuid, strata = ~stratid, fpc = ~Nh, data = fpc, nest = TRUE)
show("fpc mean", svymean(~x, units), df = degf(units))
show("fpc mean", svymean(~x, units), level = 0.90, df = degf(units))
show("fpc total", svytotal(~x, units), df = degf(units))

# 2. "apistrat": 200 Californian schools of 6194 in three strata; apistrat.csv holds what is used of it.
data(api)
apistrat$wide <- as.numeric(apistrat$sch.wide == "Yes")
write.csv(apistrat[, c("stype", "api00", "enroll", "wide")], "apistrat.csv", row.names = FALSE, quote = FALSE)
schools <- svydesign(ids = ~1, strata = ~stype, fpc = ~fpc, data = apistrat)
show("api mean", svymean(~api00, schools), df = degf(schools))
show("api total", svytotal(~enroll, schools), df = degf(schools))
shares("api wide", ~wide, schools)
shares("api wide", ~wide, schools, level = 0.99)
narrow <- subset(schools, wide == 0)
show("api domain", svymean(~api00, narrow), df = degf(narrow))
few <- subset(schools, enroll > 2000)
show("api few", svymean(~api00, few), df = degf(few))

# 3. Four centres, two of them drawn whole.
cases <- data.frame(
  centre = rep(c("Nord", "Syd", "Vest", "Ebro"), c(7, 5, 4, 1)),
  score = c(3, 5, 4, 4, 2, 5, 3, 1, 2, 5, 4, 2, 5, 3, 5, 4, 2),
  met = c(1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0),
  applies = c(1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1),
  N = rep(c(40, 25, 4, 1), c(7, 5, 4, 1)))
centres <- svydesign(ids = ~1, strata = ~centre, fpc = ~N, data = cases)
show("centres mean", svymean(~score, centres), df = degf(centres))
show("centres total", svytotal(~score, centres), df = degf(centres))
shares("centres met", ~met, centres)
applies <- subset(centres, applies == 1)
show("centres domain", svymean(~score, applies), df = degf(applies))

# 4. Two centres without a census, an uneven sample.
two <- svydesign(ids = ~1, strata = ~centre, fpc = ~N, data = cases[cases$centre %in% c("Nord", "Syd"), ])
show("two mean", svymean(~score, two), df = degf(two))
show("two mean", svymean(~score, two), level = 0.8, df = degf(two))
shares("two met", ~met, two)
shares("two met", ~met, two, level = 0.9)
twoapply <- subset(two, applies == 1)
show("two domain", svymean(~score, twoapply), df = degf(twoapply))

# Printed:
# R version 4.2.2 Patched (2022-11-10 r83330) survey 4.1.1
# fpc mean 0.950000000000000 5.448148118125068 0.616040719809653 6.000000000000000 3.940750780034952 6.955545456215184
# fpc mean 0.900000000000000 5.448148118125068 0.616040719809653 6.000000000000000 4.251069939396498 6.645226296853638
# fpc total 0.9500000000000 147.0999991893768 16.6330994348606 6.0000000000000 106.4002710609437 187.7997273178100
# api mean 0.95000000000000 662.28736357765581 9.40894087943401 197.00000000000000 643.73218853926255 680.84253861604907
# api total 0.950000000 3687177.520000000 114641.715190394 197.000000000 3461094.997076618 3913260.042923382
# api wide beta 0.9500000000000000 0.8279480142072974 0.0243447800896563 197.0000000000000000 0.7741713313281839 0.8734315953070702
# api wide logit 0.9500000000000000 0.8279480137934313 0.0243447800896563 197.0000000000000000 0.7745396570737583 0.8708148571998491
# api wide mean 0.9500000000000000 0.8279480142072974 0.0243447800896563 197.0000000000000000 0.7799381838105379 0.8759578446040568
# api wide beta 0.9900000000000000 0.8279480142072974 0.0243447800896563 197.0000000000000000 0.7567892088915082 0.8856816979009188
# api wide logit 0.9900000000000000 0.8279480137934313 0.0243447800896563 197.0000000000000000 0.7552181161730886 0.8824323609929589
# api wide mean 0.9900000000000000 0.8279480142072974 0.0243447800896563 197.0000000000000000 0.7646268604006090 0.8912691680139857
# api domain 0.9500000000000 593.7468588426277 18.6191677602729 45.0000000000000 556.2459299585209 631.2477877267345
# api few 0.9500000000000 534.4249419478214 29.3133891721161 7.0000000000000 465.1097910150582 603.7400928805845
# centres mean 0.950000000000000 3.393877551020408 0.320544621923217 13.000000000000000 2.701382996819774 4.086372105221043
# centres total 0.9500000000000 237.5714285714286 22.4381235346252 13.0000000000000 189.0968097773842 286.0460473654730
# centres met beta 0.950000000000000 0.593877551020408 0.123633724333559 13.000000000000000 0.319235285245384 0.830978121579464
# centres met logit 0.950000000000000 0.593877551020408 0.123633724333559 13.000000000000000 0.325766007573701 0.815692930345839
# centres met mean 0.950000000000000 0.593877551020408 0.123633724333559 13.000000000000000 0.326783128088426 0.860971973952390
# centres domain 0.950000000000000 3.103260869565218 0.380273298885205 9.000000000000000 2.243022902671148 3.963498836459287
# two mean 0.950000000000000 3.362637362637363 0.345201900532696 10.000000000000000 2.593479596280962 4.131795128993764
# two mean 0.800000000000000 3.362637362637363 0.345201900532696 10.000000000000000 2.888956961846200 3.836317763428525
# two met beta 0.950000000000000 0.593406593406593 0.133144010820756 10.000000000000000 0.299907923067043 0.844448175804086
# two met logit 0.950000000000000 0.593406593406593 0.133144010820756 10.000000000000000 0.299118711519247 0.833082120791310
# two met mean 0.950000000000000 0.593406593406593 0.133144010820756 10.000000000000000 0.296743249987587 0.890069936825600
# two met beta 0.900000000000000 0.593406593406593 0.133144010820756 10.000000000000000 0.338621201398207 0.815434154401103
# two met logit 0.900000000000000 0.593406593406593 0.133144010820756 10.000000000000000 0.349301115809823 0.798708977719700
# two met mean 0.900000000000000 0.593406593406593 0.133144010820756 10.000000000000000 0.352088250058757 0.834724936754430
# two domain 0.950000000000000 3.029411764705883 0.411867735939759 7.000000000000000 2.055499327854116 4.003324201557650
