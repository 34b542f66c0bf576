using PromoRec.Interactions;

namespace PromoRec.Datasets;

/// <summary>Events divided into those a model may learn from and those it is tested on.</summary>
/// <remarks>
/// Which side an event is on never depends on the order of the events; each side keeps their order. Of events with the same event id
/// only the latest is kept, as in <see cref="DatasetBuilder"/>, so that none is on both sides. What one customer did with one item or
/// offer at one time stays together on one side.
/// </remarks>
/// <param name="Train">The events to learn from.</param>
/// <param name="Test">The events to be tested on.</param>
/// <param name="Cut">For a split by time, the time at which the test begins; otherwise null.</param>
public sealed record InteractionSplit(IReadOnlyList<Interaction> Train, IReadOnlyList<Interaction> Test, DateTimeOffset? Cut = null)
{
    /// <summary>Events before the cut are for training, events at the cut or later for the test. Events of unknown time are for training.</summary>
    /// <exception cref="ArgumentException">An event is not valid.</exception>
    public static InteractionSplit ByTime(IEnumerable<Interaction> interactions, DateTimeOffset cut)
    {
        List<Interaction> events = InteractionSet.Distinct(interactions);
        return Divide(events, interaction => interaction.At >= cut && interaction.At.UtcTicks != 0, cut);
    }

    /// <summary>The last events by time are for the test. Events of the same time stay together, in the test.</summary>
    /// <param name="interactions">The events.</param>
    /// <param name="testFraction">Share of the events of known time that the test gets at least: above 0 and below 1.</param>
    /// <exception cref="ArgumentException">An event is not valid, or the fraction is out of range.</exception>
    /// <exception cref="PromoRecException">No event has a known time, so there is none to cut at.</exception>
    public static InteractionSplit ByTimeFraction(IEnumerable<Interaction> interactions, double testFraction)
    {
        ThrowIfNotAFraction(testFraction);
        List<Interaction> events = InteractionSet.Distinct(interactions);
        long[] times = [.. events.Select(interaction => interaction.At.UtcTicks).Where(ticks => ticks != 0)];
        if (times.Length == 0)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"None of {events.Count} events has a known time, so they cannot be split by time. Give the events times, or split at random.");
        }

        Array.Sort(times);
        int inTest = Math.Clamp((int)Math.Ceiling(times.Length * testFraction), 1, times.Length);
        var cut = new DateTimeOffset(times[^inTest], TimeSpan.Zero);
        return Divide(events, interaction => interaction.At >= cut, cut);
    }

    /// <summary>Every customer's last event is for the test: the latest, and among several at that time the one with the greatest ids.</summary>
    /// <remarks>
    /// Everything the customer did with that item or offer at that time goes to the test with it. A customer for whom nothing would be
    /// left to learn from stays in training.
    /// </remarks>
    /// <exception cref="ArgumentException">An event is not valid.</exception>
    public static InteractionSplit LeaveLastOut(IEnumerable<Interaction> interactions)
    {
        List<Interaction> events = InteractionSet.Distinct(interactions);
        var last = new Dictionary<UserId, Occasion>();
        var hasOther = new HashSet<UserId>();
        foreach (Interaction interaction in events)
        {
            var occasion = Occasion.Of(interaction);
            if (!last.TryGetValue(interaction.User, out Occasion known))
            {
                last.Add(interaction.User, occasion);
            }
            else if (occasion != known)
            {
                hasOther.Add(interaction.User);
                last[interaction.User] = occasion.CompareTo(known) > 0 ? occasion : known;
            }
        }

        return Divide(events, interaction => hasOther.Contains(interaction.User) && last[interaction.User] == Occasion.Of(interaction), cut: null);
    }

    /// <summary>About a share of the events is for the test, drawn by a hash of the seed and what the event is about.</summary>
    /// <param name="interactions">The events.</param>
    /// <param name="testFraction">Share of the events that the test gets, on average: above 0 and below 1.</param>
    /// <param name="seed">Another seed gives another, independent split.</param>
    /// <exception cref="ArgumentException">An event is not valid, or the fraction is out of range.</exception>
    public static InteractionSplit Random(IEnumerable<Interaction> interactions, double testFraction, ulong seed)
    {
        ThrowIfNotAFraction(testFraction);
        return Divide(InteractionSet.Distinct(interactions), interaction => Occasion.Of(interaction).Draw(seed) < testFraction, cut: null);
    }

    /// <summary>The events are divided into parts by a hash of the seed and what each is about; each part is the test of one split, and the others are for training.</summary>
    /// <remarks>Every event is in the test of exactly one. The parts are of about, but not exactly, the same size.</remarks>
    /// <param name="interactions">The events.</param>
    /// <param name="folds">Number of parts: 2 or more.</param>
    /// <param name="seed">Another seed gives other, independent parts.</param>
    /// <returns>As many splits as there are parts.</returns>
    /// <exception cref="ArgumentException">An event is not valid.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is below 2.</exception>
    public static IReadOnlyList<InteractionSplit> Folds(IEnumerable<Interaction> interactions, int folds, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        List<Interaction> events = InteractionSet.Distinct(interactions);
        return [.. Enumerable.Range(0, folds).Select(fold => Divide(events, interaction => (int)(Occasion.Of(interaction).Draw(seed) * folds) == fold, cut: null))];
    }

    /// <summary>Makes sure that training tells nothing about the test.</summary>
    /// <exception cref="PromoRecException">
    /// An event id is on both sides, or the same customer with the same item or offer at the same time is, or, in a split by time, a
    /// training event is not before the first test event. The message says how many.
    /// </exception>
    public void ThrowIfLeaking()
    {
        HashSet<string> ids = [.. Train.Where(interaction => !string.IsNullOrEmpty(interaction.EventId)).Select(interaction => interaction.EventId!)];
        HashSet<Occasion> occasions = [.. Train.Select(Occasion.Of)];
        long sharedIds = Test.LongCount(interaction => !string.IsNullOrEmpty(interaction.EventId) && ids.Contains(interaction.EventId));
        long sharedOccasions = Test.LongCount(interaction => occasions.Contains(Occasion.Of(interaction)));
        long late = 0;
        if (Cut is not null && Test.Count > 0)
        {
            DateTimeOffset firstTest = Test.Min(interaction => interaction.At);
            late = Train.LongCount(interaction => interaction.At >= firstTest);
        }

        if (sharedIds + sharedOccasions + late > 0)
        {
            throw new PromoRecException(
                PromoRecErrorCode.InvalidDataset,
                $"The split leaks: {sharedIds} test events have the event id of a training event, {sharedOccasions} test events repeat a training event's customer, item or offer, and time, " +
                $"and {late} training events are not before the first test event. Expected none; divide the events with one of the splits of {nameof(InteractionSplit)}.");
        }
    }

    private static InteractionSplit Divide(List<Interaction> events, Predicate<Interaction> isTest, DateTimeOffset? cut)
    {
        var train = new List<Interaction>();
        var test = new List<Interaction>();
        foreach (Interaction interaction in events)
        {
            (isTest(interaction) ? test : train).Add(interaction);
        }

        return new InteractionSplit(train, test, cut);
    }

    private static void ThrowIfNotAFraction(double testFraction)
    {
        if (testFraction is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "The share of test events must be above 0 and below 1.");
        }
    }
}
