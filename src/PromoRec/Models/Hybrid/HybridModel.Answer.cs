namespace PromoRec.Models.Hybrid;

/// <content>Who answers: all members together, one alone where the hybrid did not lead on its ladder, and those of popularity for strangers.</content>
public sealed partial class HybridModel
{
    internal override ItemAnswer Answer(int userRow, Span<float> scores)
    {
        if (!Fuses)
        {
            return AnswerOf(AnswerAlone(userRow, scores));
        }

        ScoreAll(userRow, scores);
        return new ItemAnswer(RankTier.Hybrid, RankTierReason.Highest);
    }

    internal override bool TryAnswer(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores, out ItemAnswer answer)
    {
        int answering = -1;
        bool isScored = Fuses ? TryScoreAll(itemRows, values, scores) : TryAnswerAlone(itemRows, values, scores, out answering);
        answer = Fuses ? new ItemAnswer(RankTier.Hybrid, RankTierReason.Highest) : AnswerOf(answering);
        return isScored;
    }

    internal override ItemAnswer AnswerUnknown(Span<float> scores)
    {
        ScoreUnknown(scores);
        bool isHighest = !Fuses && (Alone.Count == 0 || _members[Alone[0]].Model.Tier == RankTier.Popularity);
        return new ItemAnswer(RankTier.Popularity, isHighest ? RankTierReason.HigherDidNotWin : RankTierReason.NothingKnown);
    }

    /// <summary>By a member of popularity, or by all together where they were not compared; by the popularity of the data where they say nothing.</summary>
    internal override void ScoreUnknown(Span<float> scores)
    {
        foreach (int member in Alone.Where(member => _members[member].Model.Tier == RankTier.Popularity))
        {
            ScoreUnknown(member, scores);
            if (Says(scores))
            {
                return;
            }
        }

        scores.Clear();
        if (FusesForStrangers)
        {
            var own = new float[ItemCount];
            for (int i = 0; i < _members.Length; i++)
            {
                if (_members[i].Model.Tier == RankTier.Popularity)
                {
                    ScoreUnknown(i, own);
                    FusionTerms.Add(Fusion, Weights[i], own, [], scores);
                }
            }
        }

        if (!Says(scores))
        {
            base.ScoreUnknown(scores);
        }
    }

    /// <summary>Lets the members that may answer alone score all items, the one that rests on most knowledge first, until one has something to say.</summary>
    /// <returns>Which one; -1 where none has, so that the popularity of the data answers.</returns>
    internal int AnswerAlone(int userRow, Span<float> scores)
    {
        foreach (int member in Alone)
        {
            ScoreAll(member, userRow, scores);
            if (Says(scores))
            {
                return member;
            }
        }

        base.ScoreUnknown(scores);
        return -1;
    }

    /// <summary>Whether scores tell items apart from nothing at all.</summary>
    internal static bool Says(ReadOnlySpan<float> scores) => scores.ContainsAnyExcept(0f);

    private bool TryAnswerAlone(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores, out int answering)
    {
        answering = -1;
        foreach (int member in Alone)
        {
            if (!TryScoreAll(member, itemRows, values, scores))
            {
                return false;
            }

            if (Says(scores))
            {
                answering = member;
                return true;
            }
        }

        base.ScoreUnknown(scores);
        return true;
    }

    private ItemAnswer AnswerOf(int member) => new(
        member < 0 ? RankTier.Popularity : _members[member].Model.Tier, (member < 0 ? Alone.Count == 0 : member == Alone[0]) ? RankTierReason.HigherDidNotWin : RankTierReason.NothingKnown);

    private IEnumerable<int> AloneOf()
    {
        IEnumerable<int> ofPopularity = Enumerable.Range(0, _members.Length).Where(member => _members[member].Model.Tier == RankTier.Popularity);
        return Ladder.Count == 0
            ? (FusesForStrangers ? [] : ofPopularity.OrderByDescending(member => Weights[member]))
            : (Fuses ? ofPopularity : Enumerable.Range(0, _members.Length)).Where(StandsForItsKind).OrderByDescending(member => _members[member].Model.Tier);
    }

    /// <summary>Whether a member is the one that stands for its kind on the ladder, and may answer.</summary>
    private bool StandsForItsKind(int member) =>
        Ladder.Any(rung => rung.Serves && !rung.IsOfData && rung.Tier == _members[member].Model.Tier && rung.Name == _members[member].Name);

    private void ScoreUnknown(int member, Span<float> scores)
    {
        if (_rowsOf[member] is not { } rowOf)
        {
            _members[member].Model.ScoreUnknown(scores);
            return;
        }

        var own = new float[_members[member].Model.ItemCount];
        _members[member].Model.ScoreUnknown(own);
        Widen(rowOf, own, scores, unknown: 0);
    }
}
