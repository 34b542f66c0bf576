namespace PromoRec.Testing.Conformance;

/// <summary>Says which store or channel a suite is about, so that <see cref="ConformanceCoverage"/> can tell which ones no suite proves.</summary>
/// <remarks>A suite that carries it fails when it is given anything else.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProvesAttribute(Type implementation) : Attribute
{
    /// <summary>The class that implements the store or channel.</summary>
    public Type Implementation { get; } = implementation;
}
