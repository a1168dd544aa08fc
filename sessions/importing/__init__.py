"""What files of other programs bring to this floor: courses of care, alone or in a patient's row, and past visits."""
