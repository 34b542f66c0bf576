using System.Diagnostics.CodeAnalysis;

namespace PromoRec.Training.ImplicitAls;

internal static class Throw
{
    [DoesNotReturn]
    public static void TooLarge(int rows, ImplicitAlsOptions options) =>
        throw new TrainingException(
            $"{rows:N0} customers or items with {options.Factors} factors are more numbers than one matrix holds, which is 2³¹. Lower Factors, or leave out customers or items with few events.");

    [DoesNotReturn]
    public static void NotPositiveDefinite(ImplicitAlsOptions options) =>
        throw new TrainingException(
            $"A row's linear system is not positive definite with Regularization {options.Regularization} and UnobservedWeight {options.UnobservedWeight}. Raise Regularization, or lower Alpha ({options.Alpha}).");

    [DoesNotReturn]
    public static void NotFinite(ImplicitAlsOptions options) =>
        throw new TrainingException(
            $"A factor is no longer finite: the values of the dataset times Alpha ({options.Alpha}) are too large for single precision, or Regularization ({options.Regularization}) is too small. Scale the values down, or raise Regularization.");
}
