namespace PromoRec.Cli.Push;

/// <summary>How often one customer was sent something: in all, on the fullest day, and in the fullest week.</summary>
internal struct CustomerTally
{
    private int _day;
    private int _sentThatDay;
    private int _week;
    private int _sentThatWeek;

    public int Sends { get; private set; }

    public int FullestDay { get; private set; }

    public int FullestWeek { get; private set; }

    /// <param name="day">The day of the send by the customer's calendar, as a number. Sends come in the order of time.</param>
    public void Add(int day)
    {
        // Day 0 is a Monday.
        int week = day / 7;
        _sentThatDay = day == _day ? _sentThatDay + 1 : 1;
        _sentThatWeek = week == _week ? _sentThatWeek + 1 : 1;
        (_day, _week) = (day, week);
        Sends++;
        FullestDay = Math.Max(FullestDay, _sentThatDay);
        FullestWeek = Math.Max(FullestWeek, _sentThatWeek);
    }
}
