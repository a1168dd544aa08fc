from django.db import migrations


class Migration(migrations.Migration):
    """When a survey was sent stands in the outbox, for each of its messages; this column was never filled."""

    dependencies = [("outcomes", "0007_remove_invented_clinics")]

    operations = [migrations.RemoveField(model_name="invitation", name="sent_at")]
