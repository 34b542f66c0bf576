namespace PromoRec.Models;

/// <summary>What the values of an enumeration are called in model files and manifests.</summary>
internal sealed class Words<T>(params (string Word, T Value)[] words)
    where T : struct, Enum
{
    public string Of(T value) => words.Single(each => EqualityComparer<T>.Default.Equals(each.Value, value)).Word;

    /// <summary>All words, for messages about another.</summary>
    public string All => string.Join(", ", words.Select(each => each.Word));

    public bool TryFind(string word, out T value)
    {
        int index = Array.FindIndex(words, each => each.Word == word);
        value = index < 0 ? default : words[index].Value;
        return index >= 0;
    }
}
