using PromoRec.Candidates;

namespace PromoRec.Evaluation;

/// <summary>Compares what groups of customers were shown or sent: how many were reached, and how deep their discounts were.</summary>
/// <remarks>
/// <para>
/// Reach is the share of a group's customers who were shown at least one offer. Depth is the share of the price that an offer saves: known for shares of
/// the price, for amounts off a minimum basket, for free pieces, and, where the catalog has prices, for amounts and special prices; 0 for the
/// rest. Each customer counts once, with the mean over what they were shown. Intervals are those of <see cref="BootstrapInterval"/>.
/// </para>
/// <para>The ratio of the smallest to the largest is held against the four-fifths rule: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D.</para>
/// </remarks>
public static class GroupParity
{
    /// <summary>Makes the report.</summary>
    /// <param name="groups">The group of each customer, those among them who were shown nothing.</param>
    /// <param name="shown">What was shown or sent; an offer that was shown twice counts twice in its customer's mean.</param>
    /// <param name="catalog">The offers and the prices of items.</param>
    /// <param name="options">How to compare.</param>
    /// <exception cref="ArgumentException">There are no customers, a group has no name, an id is empty, or options are outside of their ranges; the message names every fault of these.</exception>
    /// <exception cref="PromoRecException">The catalog has faults.</exception>
    public static GroupParityReport Measure(IReadOnlyDictionary<UserId, string> groups, IEnumerable<ShownOffer> shown, CatalogSnapshot catalog, GroupParityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(catalog);
        options ??= new GroupParityOptions();
        options.ThrowIfInvalid();
        ThrowIfUnnamed(groups);

        Dictionary<OfferId, double> depths = DepthsOf(catalog);
        var customers = new Dictionary<UserId, ShownToCustomer>();
        long unknown = 0;
        foreach (ShownOffer one in shown)
        {
            if (one.User.IsEmpty)
            {
                throw new ArgumentException("An offer was shown to an empty customer id. Name the customer, or leave it out.", nameof(shown));
            }

            ShownToCustomer before = customers.GetValueOrDefault(one.User);
            bool isKnown = depths.TryGetValue(one.Offer, out double depth);
            customers[one.User] = isKnown ? before.With(depth) : before;
            unknown += isKnown ? 0 : 1;
        }

        GroupParityRow[] rows = [.. groups
            .GroupBy(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => RowOf(group.Key, [.. group.Order()], customers, options))];
        return new GroupParityReport(rows, options.AlarmBelow)
        {
            CustomersWithoutGroup = customers.Keys.Count(user => !groups.ContainsKey(user)),
            UnknownOffersShown = unknown,
        };
    }

    private static GroupParityRow RowOf(string name, UserId[] members, Dictionary<UserId, ShownToCustomer> customers, GroupParityOptions options)
    {
        double[] reached = Array.ConvertAll(members, user => customers.ContainsKey(user) ? 1.0 : 0.0);
        double[] depths = [.. members.Select(user => customers.GetValueOrDefault(user)).Where(customer => customer.Offers > 0).Select(customer => customer.MeanDepth)];
        return new GroupParityRow(name, EstimateOf(reached, options), depths.Length == 0 ? null : EstimateOf(depths, options));
    }

    private static GroupEstimate EstimateOf(double[] values, GroupParityOptions options)
    {
        (double low, double high) = BootstrapInterval.OfMean(values, options.Resamples, options.ConfidenceLevel, options.Seed);
        return new GroupEstimate(values.Average(), low, high, values.Length, values.Length < options.MinimumGroupSize);
    }

    private static Dictionary<OfferId, double> DepthsOf(CatalogSnapshot catalog)
    {
        catalog.ThrowIfInvalid();
        var depth = new DiscountDepth(new ItemGroups(catalog.Items), catalog.Items);
        return catalog.Offers.ToDictionary(offer => offer.Id, depth.Of);
    }

    private static void ThrowIfUnnamed(IReadOnlyDictionary<UserId, string> groups)
    {
        if (groups.Count == 0)
        {
            throw new ArgumentException("There are no customers. Give the group of at least one.", nameof(groups));
        }

        int unnamed = groups.Values.Count(string.IsNullOrWhiteSpace);
        if (unnamed > 0 || groups.Keys.Any(user => user.IsEmpty))
        {
            throw new ArgumentException($"{unnamed} customers are in a group without a name, and {groups.Keys.Count(user => user.IsEmpty)} have an empty id. Name each group and customer, or leave them out.", nameof(groups));
        }
    }

    /// <summary>What one customer was shown, of the offers of the catalog.</summary>
    private readonly record struct ShownToCustomer(int Offers, double SumOfDepths)
    {
        public double MeanDepth => SumOfDepths / Offers;

        public ShownToCustomer With(double depth) => new(Offers + 1, SumOfDepths + depth);
    }
}
