namespace PromoRec.Sqlite;

/// <summary>What a commit waits for.</summary>
public enum SqliteSynchronous
{
    /// <summary>The disk has it: nothing that was acknowledged is lost, even when the power fails.</summary>
    Full = 0,

    /// <summary>
    /// The operating system has it. Nothing is lost when the process is killed; when the machine loses power or crashes, the latest acknowledged
    /// reservations may be forgotten, and their customers may then get more pushes than the caps allow. A downgrade, only for those who accept that.
    /// </summary>
    Normal = 1,
}
