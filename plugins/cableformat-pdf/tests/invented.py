"""Documents that nobody ever wrote, in the layouts of the archive and of releases."""

from __future__ import annotations

BLANK = " "  # at the end of a line, where an editor would take it away
STAMP = "Declassified/Released US Department of State EO Systematic Review 05 JUL 2006"
NAMED_STAMP = f"Margaret P. Grafeld {STAMP}"

NARA_TELEGRAM = f"""
CONFIDENTIAL

PAGE 01        PORT M  00117  01 OF 02  040912Z
46/15
ACTION EUR-12
INFO  OCT-01  ISO-00  AS-01  INR-07  H-02  /022 R
DRAFTED BY EUR/HB:IHALLOWAY:MS
APPROVED BY EUR - MR. T. VELDE
S/S - MR. K. TARRANT
DESIRED DISTRIBUTION
EUR
--------------------- 054819
P 040912Z MAR 75
FM AMEMBASSY PORT MERIDIAN
TO SECSTATE WASHDC PRIORITY 2210
INFO AMEMBASSY SAINT ORRIN
C O N F I D E N T I A L SECTION 1 OF 2 PORT MERIDIAN 00117
EXDIS
E.O. 11652: GDS
TAGS: PFOR, EWWT
SUBJECT: HARBOR DREDGING TALKS: MINISTER ORLEO SEEKS
DELAY
REF: (A) STATE 4410; (B) SAINT ORRIN 42
1. MINISTER ORLEO TOLD THE AMBASSADOR THAT HE WANTS TO CON-
CONFIDENTIAL

CONFIDENTIAL

PAGE 02        PORT M  00117  01 OF 02  040912Z

TINUE THE TALKS ON THE HARBOR {NAMED_STAMP}
{NAMED_STAMP}
UNTIL THE END OF
THE MONTH.
2. THE PORT AUTHORITY AGREES WITH
UNCLASSIFIED

PAGE 03  PORT M 00117  01 OF 02
THE PLAN, BUT NOT WITH ITS PRICE.
HALLOWAY

CONFIDENTIAL

NNNN

*** Current Handling Restrictions *** n/a
*** Current Classification *** UNCLASSIFIED
"""

NARA_ATTRIBUTES = f"""                              Message Attributes

Automatic Decaptioning: X
Capture Date: 01 JAN 1994
Channel Indicators: n/a
Current Classification: UNCLASSIFIED
Concepts: HARBORS, DREDGING, SHIP
CANALS, NEGOTIATIONS
Control Number: n/a
Decaption Note:{BLANK}
Draft Date: 04 MAR 1975
Document Number: 1975PORTM00117
Executive Order: GDS
From: PORT MERIDIAN
Legacy Key: link1975/newtext/t19750355/aaaaaaaa.tel
Locator: TEXT ON-LINE, ON MICROFILM
Original Classification: CONFIDENTIAL
Reference: 75 STATE 4410, 75 SAINT ORRIN 42
Review Markings:{BLANK}
{NAMED_STAMP}
Review Release Date: n/a
Subject: HARBOR DREDGING TALKS: MINISTER ORLEO SEEKS DELAY
TAGS: PFOR, EWWT
To: STATE
Type: TE
\x0c"""

NARA = f"{STAMP}\n\n{STAMP}\n\n                              Message Text\n\n{NARA_TELEGRAM}\n{NARA_ATTRIBUTES}"

NARA_WITHHELD = (
    f"{NAMED_STAMP}\n\n                              Message Text\n\n\n                              Message Attributes\n\n"
    "Document Number: 1973LOWHA02545\nDraft Date: 11 DEC 1973\nFrom: LOW HARBOR\n"
    "Locator: TEXT ON MICROFILM, ADS TEXT UNRETRIEVABLE\nLine Count: 4\nSubject: n/a\n"
)

FOIA_STAMP = "UNCLASSIFIED U.S. Department of State Case No. F-2033-00117 Doc No. C05700117 Date: 08/31/2034"

FOIA = f"""{FOIA_STAMP}

RELEASE IN PART
B1,1.4(D),B6

CONFIDENTIAL

MRN: 31 PORT MERIDIAN 117
Date/DTG: Mar 04, 2031 / 040912Z MAR 31
From: AMEMBASSY PORT MERIDIAN
Action: WASHDC, SECSTATE Routine
E.0.: 13526
TAGS: PREL, EWWT
Captions: SENSITIVE
Reference: A) 31 STATE 4410
B) 31 SAINT ORRIN 42
Subiect: Harbor Dredging Talks: Minister Orleo
Seeks Delay

1. (C) Minister Orleo told the Ambassador that
B1
1.4(D)
he wants two more weeks
____{FOIA_STAMP}
\x0cC05700117 \u2014 {FOIA_STAMP}
for the port authority.

2. (SBU) The port authority agrees.

Signature: HALLOWAY

Drafted By: PORT MERIDIAN:Velde, Tom
Cleared By: POL:Tarrant, Kim
Approved By: EXEC:Halloway, Ines
Released By: PORT MERIDIAN:Velde, Tom
Info: SAINT ORRIN, AMEMBASSY Routine
Dissemination Rule: Archive Copy

{FOIA_STAMP}
\x0c"""
