namespace PromoRec.Testing.Conformance;

/// <summary>What checks compare with.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T found, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            throw new BrokenPromiseException($"{what}: expected {expected}, but found {found}.");
        }
    }

    public static void That(bool holds, string what)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(what);
        }
    }

    public static void Same<T>(IEnumerable<T> expected, IEnumerable<T> found, string what)
    {
        List<T> wanted = [.. expected];
        List<T> had = [.. found];
        if (!wanted.SequenceEqual(had))
        {
            throw new BrokenPromiseException($"{what}: expected [{string.Join(", ", wanted)}], but found [{string.Join(", ", had)}].");
        }
    }

    public static async Task Throws<TException>(Func<Task> call, string what)
        where TException : Exception
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (TException)
        {
            return;
        }
        catch (Exception other)
        {
            throw new BrokenPromiseException($"{what}: expected {typeof(TException).Name}, but {other.GetType().Name} was thrown.", other);
        }

        throw new BrokenPromiseException($"{what}: expected {typeof(TException).Name}, but nothing was thrown.");
    }
}
