"""Can a set of conditions hold together for any customer at all?

Typed conditions enter, each with how it must turn out (known true, known false, …); a yes or a no leaves. The no is
certain; a yes means only that nothing was found against it. Intervals, choices and what is known of row counts are
reasoned about; what is not understood may be anything.
"""
