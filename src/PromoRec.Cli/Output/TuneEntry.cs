namespace PromoRec.Cli.Output;

/// <summary>One evaluation of a search: which trial, on which rung and share of the customers, with which options, and its score (null where it failed).</summary>
internal sealed record TuneEntry(int Trial, int Rung, double Share, string Algorithm, double? Score, double Seconds);
