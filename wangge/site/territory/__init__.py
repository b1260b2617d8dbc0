"""The console pages of the territory. They live on the roof because rights are a floor above areas."""
