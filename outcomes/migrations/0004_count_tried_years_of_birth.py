from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0003_room_for_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='birth_tries',
            field=models.PositiveSmallIntegerField(default=0, help_text='Years of birth tried with this link.'),
        ),
    ]
