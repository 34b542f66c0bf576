namespace PromoRec.Profiles;

/// <summary>What was last said under each name by each source. Used by one thread at a time.</summary>
/// <remarks>
/// The later word counts, and of two at one instant the one that takes back. Too many: the greatest by time, taking back, name and source stay.
/// As a word is only ever replaced by a greater one, the order of arrival changes nothing.
/// </remarks>
internal sealed class TagSet(int capacity)
{
    private readonly Dictionary<(string Name, string Source), Word> _words = [];

    public void Say(CustomerTag tag, bool takesBack)
    {
        var word = new Word(tag, takesBack);
        if (_words.TryGetValue((tag.Name, tag.Source), out Word last) && last.CompareTo(word) >= 0)
        {
            return;
        }

        _words[(tag.Name, tag.Source)] = word;
        if (_words.Count > capacity)
        {
            CustomerTag oldest = _words.Values.Min().Tag;
            _words.Remove((oldest.Name, oldest.Source));
        }
    }

    /// <summary>What holds, by name and then source; what will be said later is among it.</summary>
    public CustomerTag[] Holding() =>
    [
        .. _words.Values.Where(word => !word.TakesBack).Select(word => word.Tag)
            .OrderBy(tag => tag.Name, StringComparer.Ordinal).ThenBy(tag => tag.Source, StringComparer.Ordinal),
    ];

    private readonly record struct Word(CustomerTag Tag, bool TakesBack) : IComparable<Word>
    {
        public int CompareTo(Word other)
        {
            int order = Tag.At.CompareTo(other.Tag.At);
            order = order != 0 ? order : TakesBack.CompareTo(other.TakesBack);
            order = order != 0 ? order : string.CompareOrdinal(Tag.Name, other.Tag.Name);
            return order != 0 ? order : string.CompareOrdinal(Tag.Source, other.Tag.Source);
        }
    }
}
