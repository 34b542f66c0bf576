namespace PromoRec.Training;

/// <summary>How far a training run has come.</summary>
/// <param name="Iteration">Iterations finished, from 1.</param>
/// <param name="Iterations">Iterations in all.</param>
/// <param name="Elapsed">Time this iteration took.</param>
/// <param name="Loss">Value of the objective after this iteration, where the options ask for it.</param>
public readonly record struct TrainingProgress(int Iteration, int Iterations, TimeSpan Elapsed, double? Loss);
