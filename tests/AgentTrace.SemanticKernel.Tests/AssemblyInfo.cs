// What the SDK records is wired process-wide: one provider at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
