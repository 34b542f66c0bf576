using System.Numerics.Tensors;
using PromoRec.Models.Linear;
using PromoRec.Numerics;

namespace PromoRec.Models.Hybrid;

/// <summary>Several models of the same data, put together. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>score(u, i) = Σₘ wₘ sₘ(u, i) / maxⱼ sₘ(u, j), or the same with the roots of the quotients, or Σₘ wₘ / (60 + rankₘ(u, i)), or what was learnt of the members' scores; see <see cref="HybridFusion"/>. A model that knows nothing of a customer adds nothing.</para>
/// <para>
/// Members may be trained on other weights of the same events, of late or of redemptions alone, if all datasets have the same customers. New events count for the members that were trained on the hybrid's own data: those of
/// the member that knows most items and, among equals, has the largest values.
/// </para>
/// <para>A hybrid that is published ranks offers in two steps: each member names its best offers, and those are put in order.</para>
/// </remarks>
public sealed partial class HybridModel : RecommendationModel
{
    /// <summary>Most members of a hybrid.</summary>
    public const int MaxMembers = 32;

    private readonly HybridMember[] _members;
    private readonly int[]?[] _rowsOf;
    private readonly bool[] _sharesHistory;

    private HybridModel(HybridMember[] members, HybridFusion fusion, LinearModel? stacker, IReadOnlyList<LadderRung> ladder)
        : this(members, Widest(members), fusion, stacker, ladder)
    {
    }

    private HybridModel(HybridMember[] members, RecommendationModel widest, HybridFusion fusion, LinearModel? stacker, IReadOnlyList<LadderRung> ladder)
        : base(widest.Users, widest.Items, widest.History, HybridManifest.Of(members, fusion, stacker, ladder))
    {
        _rowsOf = Array.ConvertAll(members, member => member.Model.Items.HasSameIds(Items) ? null : RowsOf(member.Model));
        _sharesHistory = [.. members.Select((member, at) => HasSameValues(member.Model.History.ByUser, History.ByUser, _rowsOf[at]))];
        _members = members;
        Fusion = fusion;
        Stacker = stacker;
        Ladder = ladder;
        Weights = Array.ConvertAll(members, member => (float)(stacker is null ? member.Weight : StackingSchema.WeightOf(stacker, member.Name)));
        Fuses = Ladder.All(rung => rung.Tier != RankTier.Hybrid || rung.Serves);
        Alone = [.. AloneOf()];
        FoldingModels = [.. members.Where((_, at) => _sharesHistory[at]).Select(member => member.Model).OfType<FactorModel>().Distinct()];
    }

    /// <summary>The models, in their order.</summary>
    public IReadOnlyList<HybridMember> Members => _members;

    /// <summary>How their scores become one.</summary>
    public HybridFusion Fusion { get; }

    /// <summary>What was learnt of the scores of the members, where they are stacked; otherwise null.</summary>
    public LinearModel? Stacker { get; }

    /// <summary>
    /// How its kinds of knowledge compared, lowest first; empty where they were not compared. A rung that did not lead does not answer: where the hybrid itself did not, the best kind below it ranks
    /// offers and items.
    /// </summary>
    public IReadOnlyList<LadderRung> Ladder { get; }

    internal override RankTier Tier => RankTier.Hybrid;

    /// <summary>Whether its members answer together, for customers of whom more than popularity knows something: unless the hybrid was compared and did not lead.</summary>
    internal bool Fuses { get; }

    /// <summary>Whether its members of popularity answer together for customers of whom nothing else knows anything. A stack does not: it has learnt of customers who are known, and what else it goes by is no popularity.</summary>
    internal bool FusesForStrangers => Ladder.Count == 0 && Stacker is null;

    /// <summary>
    /// The members that may answer alone, the one that rests on most knowledge first: where the hybrid lost on its ladder those that stand for their kinds there, and otherwise those of popularity, for customers of whom
    /// nothing else knows anything. None where these answer together too. Offers and items go by the same; where none of them knows anything, the popularity of the data answers.
    /// </summary>
    internal IReadOnlyList<int> Alone { get; }

    /// <summary>For each item its row in a member, or -1; null where both know the same items.</summary>
    internal int[]? RowsOf(int member) => _rowsOf[member];

    /// <summary>Whether a member was trained on the very values that the hybrid keeps; otherwise on other weights of the same events.</summary>
    internal bool SharesHistory(int member) => _sharesHistory[member];

    /// <summary>By what a stacked hybrid divides its members' scores.</summary>
    internal StackingScale Scale => Stacker is null ? StackingScale.OfCustomer : StackingSchema.ScaleOf(Stacker.Schema);

    /// <summary>How much each member counts: by its own weight, or by what was learnt.</summary>
    internal float[] Weights { get; }

    internal override IReadOnlyList<FactorModel> FoldingModels { get; }

    /// <summary>Puts models together.</summary>
    /// <param name="members">The models, at least one. All know the same customers; the one that knows most items knows all. Their datasets may weigh the events differently.</param>
    /// <param name="fusion">How their scores become one.</param>
    /// <exception cref="ArgumentException">There is no member, two have one name, one is a hybrid itself, they know different customers or items, or a weight is out of range; the message names every fault.</exception>
    public static HybridModel Of(IReadOnlyList<HybridMember> members, HybridFusion fusion = HybridFusion.Weighted)
    {
        ArgumentNullException.ThrowIfNull(members);
        HybridMember[] copy = [.. members];
        List<string> faults = FaultsOf(copy);
        if (fusion is not (HybridFusion.Weighted or HybridFusion.WeightedRoots or HybridFusion.ReciprocalRank))
        {
            faults.Add($"the fusion is {fusion}, but weighted, by weighted roots or by reciprocal ranks they are put together here, and {nameof(Stacked)} stacks them");
        }

        return faults.Count == 0 ? new HybridModel(copy, fusion, stacker: null, ladder: []) : throw Refused(faults, nameof(members));
    }

    /// <summary>Puts models together by what a logistic model has learnt of their scores.</summary>
    /// <param name="members">The models, at least one. Their weights make no difference.</param>
    /// <param name="stacker">What was learnt, by <c>OfferStackingTrainer</c>, from models of the same names.</param>
    /// <exception cref="ArgumentException">As in <see cref="Of"/>.</exception>
    /// <exception cref="PromoRecException">The logistic model was learnt from other members; the message says what differs.</exception>
    public static HybridModel Stacked(IReadOnlyList<HybridMember> members, LinearModel stacker)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(stacker);
        HybridMember[] copy = [.. members];
        List<string> faults = FaultsOf(copy);
        if (stacker.Loss != LinearLoss.Logistic)
        {
            faults.Add($"the stacker has {stacker.Loss} loss, but logistic is needed for a probability");
        }

        if (faults.Count > 0)
        {
            throw Refused(faults, nameof(members));
        }

        stacker.Schema.ThrowUnlessSame(StackingSchema.For([.. copy.Select(member => member.Name)], StackingSchema.ScaleOf(stacker.Schema)), "the stacker", "these members");
        return new HybridModel(copy, HybridFusion.Stacked, stacker, ladder: []);
    }

    /// <summary>The same hybrid on another ladder: what <c>OfferLadder.Compare</c> found, or an empty one, on which all may answer.</summary>
    /// <remarks>Which rungs serve is a part of the model's version; how well they did is not.</remarks>
    /// <exception cref="ArgumentException">A rung is null, is of a kind that no rung or another rung has, or names no member of its kind; the message names every fault.</exception>
    public HybridModel WithLadder(IReadOnlyList<LadderRung> ladder)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        LadderRung[] copy = [.. ladder];
        List<string> faults = LadderFaults.Of(copy, _members);
        return faults.Count == 0
            ? new HybridModel(_members, Fusion, Stacker, copy)
            : throw new ArgumentException($"This ladder does not fit the hybrid: {string.Join("; ", faults)}.", nameof(ladder));
    }

    /// <summary>
    /// The model whose items and data are the hybrid's: the one that knows most items, since those that nobody bought yet are known to models of content alone; among equals the one with the largest values, since data of a
    /// part of the events, of late or of redemptions, weigh the others down.
    /// </summary>
    private static RecommendationModel Widest(HybridMember[] members) =>
        members.OrderByDescending(member => member.Model.ItemCount).ThenByDescending(member => (double)TensorPrimitives.SumOfMagnitudes(member.Model.History.ByUser.AllValues)).First().Model;

    private int[] RowsOf(RecommendationModel model)
    {
        var rows = new int[ItemCount];
        for (int item = 0; item < rows.Length; item++)
        {
            rows[item] = model.Items.TryGetRow(Items.IdAt(item), out int row) ? row : -1;
        }

        return rows;
    }

    /// <summary>Whether a member's data are those of the hybrid.</summary>
    /// <param name="own">The member's.</param>
    /// <param name="wide">The hybrid's.</param>
    /// <param name="rowOf">For each item of the hybrid its row in the member, or -1; null where both number them alike.</param>
    private static bool HasSameValues(CsrMatrix own, CsrMatrix wide, int[]? rowOf)
    {
        if (ReferenceEquals(own, wide))
        {
            return true;
        }

        if (!own.Offsets.SequenceEqual(wide.Offsets) || !own.AllValues.SequenceEqual(wide.AllValues))
        {
            return false;
        }

        ReadOnlySpan<int> ownColumns = own.AllColumns;
        ReadOnlySpan<int> wideColumns = wide.AllColumns;
        if (rowOf is null)
        {
            return ownColumns.SequenceEqual(wideColumns);
        }

        for (int i = 0; i < wideColumns.Length; i++)
        {
            if (rowOf[wideColumns[i]] != ownColumns[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool Knows(RecommendationModel wide, RecommendationModel narrow)
    {
        int known = 0;
        for (int item = 0; item < narrow.ItemCount; item++)
        {
            known += wide.Items.TryGetRow(narrow.Items.IdAt(item), out _) ? 1 : 0;
        }

        return known == narrow.ItemCount;
    }

    private static ArgumentException Refused(List<string> faults, string parameterName) => new($"These models cannot be put together: {string.Join("; ", faults)}.", parameterName);

    private static List<string> FaultsOf(HybridMember[] members)
    {
        if (members.Length == 0)
        {
            return ["there is none, and at least one is needed"];
        }

        if (members.Any(member => member?.Model is null))
        {
            return ["one of them is null"];
        }

        List<string> faults = [.. members.SelectMany(member => member.Faults())];
        if (members.Length > MaxMembers)
        {
            faults.Add($"there are {members.Length}, and {MaxMembers} are the most");
        }

        faults.AddRange(members.GroupBy(member => member.Name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"{same.Count()} members are named '{same.Key}'"));
        faults.AddRange(members.Where(member => member.Model is HybridModel).Select(member => $"'{member.Name}' is a hybrid itself"));
        RecommendationModel widest = Widest(members);
        faults.AddRange(members.Where(member => !member.Model.Users.HasSameIds(widest.Users) || !Knows(widest, member.Model))
            .Select(member => $"'{member.Name}' knows customers or items that another does not, so it was trained on other data"));
        return faults;
    }
}
