namespace PromoRec.Tests.Repository.Planted.Numerics;

internal sealed class GenericArgument
{
    public IReadOnlyDictionary<string, Ranking.Secret[]> Secrets { get; } = new Dictionary<string, Ranking.Secret[]>();
}
