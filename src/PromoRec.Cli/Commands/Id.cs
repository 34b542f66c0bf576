namespace PromoRec.Cli.Commands;

/// <summary>Ids that were typed as options.</summary>
internal static class Id
{
    /// <exception cref="UsageException">It cannot be an id.</exception>
    public static ItemId Item(string text, string optionName) => Check(text, optionName, t => new ItemId(t));

    /// <exception cref="UsageException">It cannot be an id.</exception>
    public static UserId User(string text, string optionName) => Check(text, optionName, t => new UserId(t));

    /// <exception cref="UsageException">It cannot be an id.</exception>
    public static OfferId Offer(string text, string optionName) => Check(text, optionName, t => new OfferId(t));

    private static T Check<T>(string text, string optionName, Func<string, T> make)
    {
        try
        {
            return make(text);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"{optionName}: this cannot be an id. Expected 1 to 16,384 characters, not only blanks.");
        }
    }
}
