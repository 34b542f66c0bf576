using System.Reflection;

namespace PromoRec.Testing.Conformance;

/// <summary>Checks of everything that an interface promises, run one by one on an implementation that an author provides.</summary>
/// <remarks>
/// <para>Derive from the suite of your interface, not from this class. It needs no test framework: hand its names to the one you have, and call
/// <see cref="RunAsync"/> for each.</para>
/// <para>One object runs one check at a time, so that a derived class may keep what belongs to the current one in fields.</para>
/// </remarks>
public abstract class ConformanceSuite
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private protected ConformanceSuite()
    {
    }

    /// <summary>Every check, in the order in which to run them, with the reason for those that cannot be run.</summary>
    public IReadOnlyList<ConformanceCheck> Checks => [.. Definitions.Select(definition => new ConformanceCheck(definition.Name, definition.Promise, SkipReasonOf(definition)))];

    /// <summary>The checks that cannot be run with what the author lets the suite do. A promise that is skipped is not shown.</summary>
    public IReadOnlyList<ConformanceCheck> Skipped => [.. Checks.Where(check => check.SkipReason is not null)];

    /// <summary>How much is done; override it for a store that takes its time, and for thorough runs.</summary>
    protected virtual ConformanceScale Scale { get; } = new();

    /// <summary>What <see cref="ConformanceScale.TimeLimit"/> is measured with.</summary>
    internal virtual TimeProvider Time => TimeProvider.System;

    private protected abstract IReadOnlyList<CheckDefinition> Definitions { get; }

    /// <summary>Runs one check on a new and empty implementation.</summary>
    /// <param name="name">The check's name.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>That it passed, or why it was skipped.</returns>
    /// <exception cref="ConformanceException">The promise is not kept.</exception>
    /// <exception cref="ArgumentException">There is no check of that name.</exception>
    public async Task<ConformanceResult> RunAsync(string name, CancellationToken cancellationToken = default)
    {
        CheckDefinition definition = Definitions.FirstOrDefault(each => each.Name == name)
            ?? throw new ArgumentException($"There is no check '{name}'. There are: {string.Join(", ", Definitions.Select(each => each.Name))}.", nameof(name));
        if (SkipReasonOf(definition) is { } reason)
        {
            return new ConformanceResult(name, reason);
        }

        try
        {
            await RunInTimeAsync(definition, cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenPromiseException broken)
        {
            throw new ConformanceException(name, Scale.Seed, $"{definition.Promise} Check '{name}', seed {Scale.Seed}: {broken.Message}", broken.InnerException);
        }
        catch (Exception thrown) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConformanceException(name, Scale.Seed, $"{definition.Promise} Check '{name}', seed {Scale.Seed}: {thrown.GetType().Name} was thrown: {thrown.Message}", thrown);
        }

        return new ConformanceResult(name, null);
    }

    /// <summary>On another thread, because a store may block the one that calls it.</summary>
    private async Task RunInTimeAsync(CheckDefinition definition, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken token = stop.Token;
        Task check = Task.Run(() => RunCheckAsync(definition, token), CancellationToken.None);
        try
        {
            await check.WaitAsync(Scale.TimeLimit, Time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!check.IsCompleted)
        {
            // A store that only waits ends now and is closed; one that does not is left as it is.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(check, Task.Delay(Farewell, Time, CancellationToken.None)).ConfigureAwait(false);
            throw new BrokenPromiseException(
                $"it had not ended after {Scale.TimeLimit}{(check.IsCompleted ? string.Empty : ", nor when it was cancelled")}: calls wait for each other, or {nameof(ConformanceScale.TimeLimit)} is too short.");
        }
    }

    private protected abstract Task RunCheckAsync(CheckDefinition definition, CancellationToken cancellationToken);

    private protected abstract string? SkipReasonOf(CheckDefinition definition);

    /// <summary>A suite that says what it proves must be given that.</summary>
    private protected void ThrowIfNotProven(object implementation)
    {
        Type? declared = GetType().GetCustomAttribute<ProvesAttribute>()?.Implementation;
        if (declared is not null && declared != implementation.GetType())
        {
            throw new BrokenPromiseException($"the suite says that it proves {declared.Name}, but was given {implementation.GetType().Name}.");
        }
    }
}
