using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Training.Popularity;

/// <summary>Counts what was done with every item, among all customers and in each segment, with what age has left of it.</summary>
/// <param name="dataset">The interactions.</param>
/// <param name="events">Their single events.</param>
/// <param name="counting">What is counted.</param>
/// <param name="userSegments">Customers × segments.</param>
/// <param name="cancellationToken">Stops between two customers.</param>
internal sealed class PopularityCounts(InteractionDataset dataset, EventHistory events, PopularityCounting counting, CsrMatrix userSegments, CancellationToken cancellationToken)
{
    /// <summary>(1 + segments) × items: the counts of all customers, then those in each segment; none is below 0.</summary>
    /// <param name="halfLife">The age at which an event counts half; null for never.</param>
    /// <param name="onlyTimed">Whether events of unknown time are left out; otherwise they do not age.</param>
    public double[] Count(TimeSpan? halfLife, bool onlyTimed)
    {
        int items = dataset.ItemCount;
        var counts = new double[(1 + userSegments.Columns) * items];
        Dictionary<int, double> ofUser = [];
        for (int user = 0; user < dataset.UserCount; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ofUser.Clear();
            foreach (ref readonly StampedEvent one in events.Of(user))
            {
                if (one.Ticks != 0 || !onlyTimed)
                {
                    Add(ofUser, one, events.DecayOf(one, halfLife?.Ticks ?? 0));
                }
            }

            // Every item has one term of each customer, and customers come in their order: the order within one customer changes no bit.
            foreach ((int item, double count) in ofUser)
            {
                if (counting == PopularityCounting.Events || IsHad(user, item))
                {
                    counts[item] += count;
                    foreach (int segment in userSegments.ColumnsOf(user))
                    {
                        counts[((1 + segment) * items) + item] += count;
                    }
                }
            }
        }

        foreach (ref double count in counts.AsSpan())
        {
            count = Math.Max(0, count);
        }

        return counts;
    }

    private void Add(Dictionary<int, double> ofUser, in StampedEvent one, double decay)
    {
        if (counting == PopularityCounting.Events)
        {
            ofUser[one.Item] = ofUser.GetValueOrDefault(one.Item) + (one.Weight * decay);
        }
        else if (one.Weight > 0)
        {
            ofUser[one.Item] = Math.Max(ofUser.GetValueOrDefault(one.Item), decay);
        }
    }

    private bool IsHad(int user, int item)
    {
        int at = dataset.ByUser.ColumnsOf(user).BinarySearch(item);
        return at >= 0 && dataset.ByUser.ValuesOf(user)[at] > 0;
    }
}
