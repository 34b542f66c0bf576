namespace PromoRec.Cli.Reading;

/// <summary>Reads how much each customer is expected to like each offer.</summary>
internal static class ScoreReader
{
    public static readonly ColumnSet Columns = new("scores", "a header such as user,offer,score and a row for each pair", "user", "offer", "score") { Needed = ["user", "offer", "score"] };

    private const int User = 0;
    private const int OfferColumn = 1;
    private const int Score = 2;

    /// <exception cref="InputException">The file cannot be read, or has a bad row more than allowed.</exception>
    public static Dictionary<(UserId User, OfferId Offer), float> Read(string path, BadRows badRows, CancellationToken cancellationToken)
    {
        using RowSource rows = InputFile.OpenRows(path, Columns, ColumnMapping.None);
        if (!rows.MayHave(User) || !rows.MayHave(OfferColumn) || !rows.MayHave(Score))
        {
            throw InputException.File(path, $"the header needs the columns 'user', 'offer' and 'score'. Expected {Columns.Expected}.", 1);
        }

        var row = new RowFields(rows, Columns, TimeZoneInfo.Utc);
        var scores = new Dictionary<(UserId, OfferId), float>();
        rows.ReadAll(badRows, () =>
        {
            double score = row.Number(Score, float.MinValue, float.MaxValue) ?? throw row.Bad(Score, "the score is empty. Expected a number.");
            if (!scores.TryAdd((row.Id(User), row.Id(OfferColumn)), (float)score))
            {
                throw row.Bad(OfferColumn, "the customer and the offer stand in the file already. Give every pair one row.");
            }
        }, cancellationToken);
        return scores;
    }
}
